// The words in which an answer's public part is described.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace ulak::control {

/// How much of a value those may see who only look.
enum class visibility : std::uint8_t {
    as_is,   ///< ids, times, amounts, states: written by Ulak, never taken from a text; an object is hidden
    text,    ///< names that files and operators give, sentences of our own: numbers in them are masked
    phone,   ///< "555***2233"; hidden when it is no number
    unit,    ///< "TRY", "credits"; hidden when it is anything else
    figures, ///< numbers and booleans as they are, at any depth; texts are hidden
    names,   ///< the keys of an object; all values are hidden
    fields,  ///< an object, or an array of them, by its own list
    whole,   ///< a document that is the same on every machine
};

/// One key of a JSON object. What no list names is hidden: a text becomes "***", a number null, an object or an
/// array an empty one. null and "" stay, and so does the key.
struct shown_field {
    std::string_view key;
    visibility how = visibility::as_is;
    std::span<const shown_field> inner{}; ///< of `fields`
};

using shown_fields = std::span<const shown_field>;

} // namespace ulak::control
