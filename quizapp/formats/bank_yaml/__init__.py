"""The bank as a folder of YAML files: `bank.yaml` and one file per section."""

from quizapp.formats.bank_yaml.reader import HEAD, Examined, examine, read_bank
from quizapp.formats.bank_yaml.writer import write_bank

__all__ = ["HEAD", "Examined", "examine", "read_bank", "write_bank"]
