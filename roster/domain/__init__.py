"""What a shift, a post, a rule, a roster and an outcome are; knows no file and no solver."""
