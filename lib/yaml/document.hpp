// A parsed file with its text.
#pragma once

#include "yaml/node.hpp"

#include <cstddef>
#include <string>

namespace ulak::yaml {

/// Limits of a file. 256 KiB is a hundred times the longest job that was written by hand.
inline constexpr std::size_t max_file_bytes = 256 * 1024;
inline constexpr std::size_t max_depth = 32;
inline constexpr std::size_t max_nodes = 50'000;

/// A parsed file with what is needed to point into it.
struct document {
    std::string file{};
    std::string source{};
    node root{};
};

} // namespace ulak::yaml
