"""What the installation is made of: its packages, and the large files that some of them carry."""
