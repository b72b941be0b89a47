"""The version of the engine, as a decision names it and the package is published under."""

VERSION = "0.1.0"
