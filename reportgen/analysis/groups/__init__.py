"""Seed groups: runs that differ only in their seed, and what several seeds say together.

Two words that must not be confused. A *run group* is what the column `group` of the runs frame
names: the one run that directories such as `train` and `validation` belong to. A *seed group* is
a level above it: several run groups that repeat one configuration with other seeds. Code here
calls a run group a run, as a reader of the report does.
"""
