// What must hold whatever the bytes were.
#pragma once

#include <cstdio>
#include <cstdlib>

namespace ulak::fuzz {

inline void law(bool holds, const char* what)
{
    if (holds)
        return;
    std::fprintf(stderr, "broken law: %s\n", what);
    std::abort();
}

} // namespace ulak::fuzz
