// Carries the precompiled header of the modules and programs.
