// A value of a YAML file: scalars as they were written, with their places. No anchors, no types.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ulak::yaml {

/// A tree that owns its parts. Lines count from 1, columns count letters from 1.
struct node {
    enum class kind { null, scalar, list, map };

    kind node_kind = kind::null;
    bool quoted = false; ///< a scalar in quotes or a block scalar: never null, never a number by its look
    std::string text{};  ///< scalar
    std::size_t line = 0, column = 0;
    std::vector<node> items{};                    ///< list
    std::vector<std::pair<node, node>> members{}; ///< map, in the file's order; keys are scalars

    const node* find(std::string_view key) const noexcept; ///< of a map; nullptr if it is not there
};

} // namespace ulak::yaml
