// Builds a json_value out of a parser's events; the handler that boost::json::basic_parser asks for.
#pragma once

#include "providers/json.hpp"

#include <boost/container/small_vector.hpp>
#include <boost/json/error.hpp>
#include <boost/json/string_view.hpp>

namespace ulak::providers {

class json_tree {
    using word = boost::json::string_view;
    using code = boost::system::error_code;

  public:
    static constexpr std::size_t max_array_size = 100'000;
    static constexpr std::size_t max_object_size = 100'000;
    static constexpr std::size_t max_string_size = 64 * 1024;
    static constexpr std::size_t max_key_size = 256;
    /// Of the whole document: what 4 MiB of "[0,0,…" would else cost in memory is forty times its size.
    static constexpr std::size_t max_values = 400'000;

    bool on_document_begin(code&) { return true; }
    bool on_document_end(code&) { return true; }
    bool on_object_begin(code& ec) { return open(json_value::kind::object, ec); }
    bool on_object_end(std::size_t, code&);
    bool on_array_begin(code& ec) { return open(json_value::kind::array, ec); }
    bool on_array_end(std::size_t, code&) { return close(); }
    bool on_key_part(word s, std::size_t, code&) { return collect(key_, s); }
    bool on_key(word s, std::size_t, code&) { return collect(key_, s); }
    bool on_string_part(word s, std::size_t, code&) { return collect(text_, s); }
    bool on_string(word s, std::size_t, code& ec) { return scalar(json_value::kind::string, s, ec); }
    bool on_number_part(word s, code&) { return collect(text_, s); }
    bool on_int64(std::int64_t, word s, code& ec) { return scalar(json_value::kind::number, s, ec); }
    bool on_uint64(std::uint64_t, word s, code& ec) { return scalar(json_value::kind::number, s, ec); }
    bool on_double(double, word s, code& ec) { return scalar(json_value::kind::number, s, ec); }
    bool on_bool(bool truth, code& ec);
    bool on_null(code& ec) { return place(ec) != nullptr; }
    bool on_comment_part(word, code&) { return true; }
    bool on_comment(word, code&) { return true; }

    bool conflicting_keys() const noexcept { return conflicting_keys_; }
    json_value take() { return std::move(root_); }

  private:
    bool collect(std::string& into, word s);
    bool open(json_value::kind what, code& ec);
    bool close();
    bool scalar(json_value::kind what, word last, code& ec);
    json_value* place(code& ec);
    json_value* member_of(json_value& object);

    /// From the root to the innermost. Each is the last element of the one before, which grows only after it is closed.
    boost::container::small_vector<json_value*, 8> open_{};
    json_value root_{};
    std::string key_{}, text_{};
    std::size_t values_ = 0;
    bool conflicting_keys_ = false;
};

} // namespace ulak::providers
