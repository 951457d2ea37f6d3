"""Who works here: inviting people, their roles, and the link with which they choose a password."""
