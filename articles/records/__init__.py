"""What files say of an article's review, as rows here: findings, flags, corrections, history."""
