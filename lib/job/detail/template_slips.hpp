// What looks like a template and is none, and parameters that nothing uses: warnings before money is spent on a slip.
#pragma once

#include "yaml/document.hpp"
#include "yaml/problem.hpp"
#include "yaml/shape.hpp"

#include <cstddef>
#include <optional>
#include <string_view>

namespace ulak::job {

/// Where `text` holds `$name`, `{name}`, `{{ name }}`, `%name%`, `$(name)`, `<name>` or `$${name}`, as other programs
/// write a value to be filled in: offset and length in bytes.
struct lookalike {
    std::size_t begin = 0, length = 0;
};
std::optional<lookalike> find_lookalike(std::string_view text, std::string_view name);
/// `{word}` or `{{ word }}`, whatever the word.
std::optional<lookalike> find_any_lookalike(std::string_view text);

/// `table` is the whole table of the job's kind.
void warn_of_template_slips(const yaml::document& doc, const yaml::shape& table, yaml::problems& found);

} // namespace ulak::job
