// The table of keys that a file may hold. One table drives the checks, the readers, the JSON Schema and the reference.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ulak::yaml {

struct shape;

/// How a scalar is read; the look of the text decides nothing.
enum class type {
    text,
    template_text, ///< may hold ${name}
    boolean,       ///< true or false, nothing else
    integer,
    duration, ///< "90s", "1h30m"
    amount,   ///< "12 TRY"
    rate,     ///< "20 requests/s", "10 segments/s", "100 recipients/min"
    choice,   ///< one of `choices`
    secret,   ///< {secret: NAME} | {file: PATH} | {env: NAME} | a literal
    any,      ///< scalars, lists and maps as they come (smm.order's `extra`)
    list,     ///< of `item`; a lone scalar is refused with a hint
    map,      ///< free names to `item`
    record    ///< the keys of `keys`
};

/// "a whole number", "a list" …
std::string_view describe(type t) noexcept;

/// A key of a record.
struct key {
    std::string name;
    std::shared_ptr<const shape> value;
    bool required = false;
};

/// What a value may be. Shared and never changed once it is built.
struct shape {
    type value_type = type::text;
    std::string doc{};                          ///< one or two sentences for completion and the reference
    std::optional<std::string> default_value{}; ///< the default, as it would be written
    std::string example{};
    std::vector<std::string> choices{};
    std::optional<std::int64_t> least{},
        most{};                          ///< integers: value; text: letters; list: items; duration: milliseconds
    std::shared_ptr<const shape> item{}; ///< list and map
    std::vector<key> keys{};             ///< record
    std::string short_form{};            ///< record: a lone scalar stands for this key alone; empty: not allowed
};

using shape_ptr = std::shared_ptr<const shape>;

/// Builders, so that a table reads like one:
///   record({required("account", text("The account that sends.")), optional("chunk", integer("…", 1, 50000), "1000")})
shape_ptr text(std::string doc, std::string example = {});
shape_ptr template_text(std::string doc, std::string example = {});
shape_ptr boolean(std::string doc);
shape_ptr integer(std::string doc, std::int64_t least, std::int64_t most);
shape_ptr duration(std::string doc, std::string example = {});
shape_ptr amount(std::string doc, std::string example = {});
shape_ptr rate(std::string doc, std::string example = {});
shape_ptr choice(std::string doc, std::vector<std::string> choices);
shape_ptr secret(std::string doc);
shape_ptr any(std::string doc);
shape_ptr list(std::string doc, shape_ptr item, std::int64_t least = 0, std::int64_t most = 100'000);
shape_ptr map(std::string doc, shape_ptr item);
shape_ptr record(std::string doc, std::vector<key> keys, std::string short_form = {});

key required(std::string name, shape_ptr value);
key optional(std::string name, shape_ptr value);
key optional(std::string name, shape_ptr value, std::string fallback);

} // namespace ulak::yaml
