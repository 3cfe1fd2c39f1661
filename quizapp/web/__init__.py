"""The pages: thin views that load, check, call a service, commit and answer. One package per blueprint."""
