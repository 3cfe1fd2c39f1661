"""Pure translation between files and the objects of a bank: text in, objects and problems out."""
