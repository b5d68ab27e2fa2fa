"""What a report holds, one module a section: frames in, blocks out."""
