"""The review: flags, corrections, approval, and the pages for them."""
