// Carries the precompiled header of the rooms and programs.
