// A YAML document as Ulak keeps it: scalars as they were written, with their places. No anchors, no types.
#pragma once

#include "yaml/problem.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ulak::yaml {

struct node {
    enum class kind { null, scalar, list, map };

    kind node_kind = kind::null;
    bool quoted = false; ///< a scalar in quotes or a block scalar: never null, never a number by its look
    std::string text{};  ///< scalar
    std::size_t line = 0, column = 0;
    std::vector<node> items{};                           ///< list
    std::vector<std::pair<node, node>> members{};        ///< map, in the file's order; keys are scalars

    const node* find(std::string_view key) const noexcept; ///< of a map; nullptr if it is not there
};

/// What a file may cost. 256 KiB is a hundred times the longest job anyone wrote by hand.
inline constexpr std::size_t max_file_bytes = 256 * 1024;
inline constexpr std::size_t max_depth = 32;
inline constexpr std::size_t max_nodes = 50'000;

/// A parsed file with what is needed to point into it.
struct document {
    std::string file{};
    std::string source{};
    node root{};
};

/// Parses one document. Every problem is reported with its place: syntax, tabs, a second document, anchors and aliases,
/// tags, merge keys, duplicate keys, depth, size, bytes that are not UTF-8, control characters, "{a:1}"-like slips.
/// nullopt if the text is not usable. A slip that leaves the rest readable (duplicate key, anchor, tag …) is an error in `found`
/// and the document still comes back without it, so that `check` can add its own: ask has_errors().
std::optional<document> parse(std::string text, std::string file, problems& found);

/// The bytes of a file. A folder, FIFO, socket or device, a dangling link, an unreadable file: each its own problem on
/// line 0. Of one that is too large for `parse` it is no more than shows that.
std::optional<std::string> read_file(const std::string& path, problems& found);
/// Reads and parses.
std::optional<document> load(const std::string& path, problems& found);

} // namespace ulak::yaml
