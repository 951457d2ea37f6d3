"""XLIFF, TMX, TBX and what XML formats share."""
