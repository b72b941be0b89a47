"""What the commands share: options, files, terminal, failures."""
