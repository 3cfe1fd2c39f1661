"""Pure rules of the product: values in, values out; no Flask, no database, no clock and no chance of its own."""
