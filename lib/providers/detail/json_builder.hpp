// Builds a json_value out of the events of boost::json::basic_parser, within limits.
#pragma once

#include "providers/detail/json_value.hpp"

#include <boost/container/small_vector.hpp>
#include <boost/json/error.hpp>
#include <boost/json/string_view.hpp>

namespace ulak::providers {

/// The parser's handler: each on_… takes one event and returns false, with the error set, to end the parse.
class json_builder {
    using text_part = boost::json::string_view;
    using error_code = boost::system::error_code;

  public:
    static constexpr std::size_t max_array_size = 100'000;
    static constexpr std::size_t max_object_size = 100'000;
    static constexpr std::size_t max_string_size = 64 * 1024;
    static constexpr std::size_t max_key_size = 256;
    /// Of the whole document: without it 4 MiB of "[0,0,…" would take forty times their size in memory.
    static constexpr std::size_t max_values = 400'000;

    bool on_document_begin(error_code&) { return true; }
    bool on_document_end(error_code&) { return true; }
    bool on_object_begin(error_code& ec) { return begin_container(json_value::type::object, ec); }
    bool on_object_end(std::size_t, error_code&);
    bool on_array_begin(error_code& ec) { return begin_container(json_value::type::array, ec); }
    bool on_array_end(std::size_t, error_code&) { return end_container(); }
    bool on_key_part(text_part s, std::size_t, error_code&) { return collect(key_, s); }
    bool on_key(text_part s, std::size_t, error_code&) { return collect(key_, s); }
    bool on_string_part(text_part s, std::size_t, error_code&) { return collect(text_, s); }
    bool on_string(text_part s, std::size_t, error_code& ec) { return scalar(json_value::type::string, s, ec); }
    bool on_number_part(text_part s, error_code&) { return collect(text_, s); }
    bool on_int64(std::int64_t, text_part s, error_code& ec) { return scalar(json_value::type::number, s, ec); }
    bool on_uint64(std::uint64_t, text_part s, error_code& ec) { return scalar(json_value::type::number, s, ec); }
    bool on_double(double, text_part s, error_code& ec) { return scalar(json_value::type::number, s, ec); }
    bool on_bool(bool truth, error_code& ec);
    bool on_null(error_code& ec) { return new_value(ec) != nullptr; }
    bool on_comment_part(text_part, error_code&) { return true; }
    bool on_comment(text_part, error_code&) { return true; }

    /// Whether an object has one key with two different values.
    bool conflicting_keys() const noexcept { return conflicting_keys_; }
    /// Once, after the document's end.
    json_value take() { return std::move(root_); }

  private:
    bool collect(std::string& into, text_part s);
    bool begin_container(json_value::type what, error_code& ec);
    bool end_container();
    bool scalar(json_value::type what, text_part last, error_code& ec);
    /// Where the next value goes; null, with the error set, if there are too many.
    json_value* new_value(error_code& ec);
    json_value* member_of(json_value& object);

    /// From the root to the innermost. Each is the last element of its parent, which grows only after the child is
    /// closed, so the pointers stay valid.
    boost::container::small_vector<json_value*, 8> open_containers_{};
    json_value root_{};
    std::string key_{}, text_{};
    std::size_t values_ = 0;
    bool conflicting_keys_ = false;
};

} // namespace ulak::providers
