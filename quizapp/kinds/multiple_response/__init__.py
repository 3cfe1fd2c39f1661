"""Multiple response: several right options, all to be ticked."""
