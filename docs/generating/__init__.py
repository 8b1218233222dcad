"""Pages of the reference, each a pure function of the constants that the program itself runs on."""
