// A folder that goes with its test.
#pragma once

#include <filesystem>
#include <string>

#include <stdlib.h>

namespace ulak::tests {

struct temporary_folder {
    temporary_folder()
    {
        char name[] = "/tmp/ulak-ledger-XXXXXX";
        path = ::mkdtemp(name);
    }
    ~temporary_folder() { std::filesystem::remove_all(path); }
    temporary_folder(const temporary_folder&) = delete;
    temporary_folder& operator=(const temporary_folder&) = delete;

    std::string operator/(const char* name) const { return path + "/" + name; }

    std::string path;
};

} // namespace ulak::tests
