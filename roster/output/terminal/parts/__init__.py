"""Parts that several reports on screen are made of."""
