// Typed values of a checked document.
#pragma once

#include "core/money.hpp"
#include "core/wall_time.hpp"
#include "yaml/document.hpp"
#include "yaml/problem.hpp"
#include "yaml/scalar.hpp"
#include "yaml/shape.hpp"

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ulak::yaml {

/// Where a secret is to be found, as the file says it.
struct secret_reference {
    enum class source { none, named, file, environment, literal };
    source from = source::none;
    std::string value{}; ///< a name, path or variable; the secret itself only for `literal`
    place at{};
};

/// A record of a checked document. Values that are absent come from the table's defaults. A getter for a key that the
/// table does not have throws std::logic_error, one of another type asserts: both are mistakes of ours. After `check`
/// reported errors, getters give defaults for the bad keys. Keeps the document alive; copies are cheap.
class reader {
  public:
    reader(std::shared_ptr<const document> doc, shape_ptr expected);

    bool has(std::string_view key) const;       ///< written in the file
    bool has_name(std::string_view key) const;  ///< written, be it without a value
    bool has_valid(std::string_view key) const; ///< written, and of the right type and size
    std::string text(std::string_view key) const;
    std::int64_t integer(std::string_view key) const;
    bool boolean(std::string_view key) const;
    std::chrono::milliseconds duration(std::string_view key) const;
    money amount(std::string_view key) const;
    rate_value rate(std::string_view key) const;
    secret_reference secret(std::string_view key) const;
    std::vector<std::string> texts(std::string_view key) const;                      ///< list of scalars
    reader record(std::string_view key) const;                                       ///< of defaults, if it is absent
    std::vector<reader> records(std::string_view key) const;                         ///< list of records
    std::vector<std::pair<std::string, reader>> entries(std::string_view key) const; ///< map of records, file order
    const node* raw_node(std::string_view key) const; ///< for type::any; nullptr if absent

    const node& root_node() const noexcept { return doc_->root; } ///< of the document

    place place_of(std::string_view key) const; ///< the key's value, else the record
    place place_of_record() const;
    place place_of_item(std::string_view key, std::size_t index) const;

    /// A problem that the table cannot know, at a key's value; the second at a place in this file or another.
    problem problem_at(std::string_view key, std::string code, std::string text, std::string hint = {}) const;
    problem problem_at_place(place where, std::string code, std::string text, std::string hint = {}) const;

  private:
    reader(std::shared_ptr<const document> doc, shape_ptr expected, const node* at);
    const key& key_of(std::string_view name) const;
    const node* value_of(std::string_view name) const;

    std::shared_ptr<const document> doc_;
    shape_ptr shape_;
    const node* node_; ///< nullptr: the record is not written
};

} // namespace ulak::yaml
