"""Casework (业务办理): the same pages for every business line, made of what the line states about itself."""
