// What SMMOnayim's answers about numbers say. Errors: errc::contract for what is neither a value nor a refusal, else
// the refusal's code.
#pragma once

#include "providers/smmonayim_numbers/wire.hpp"

namespace ulak::providers::smmonayim_numbers::wire {

struct category {
    std::string id{}, name{};
};

result<std::vector<category>> read_categories(const http::response& r);
result<std::vector<service>> read_services(const http::response& r, std::string_view category_name);
/// The entry with that id, never the price of another. errc::not_found: an empty list.
result<service> read_details(const http::response& r, std::string_view service_id);
result<money> read_balance(const http::response& r);
/// An id without a number is still an order: it can be given back, which an ambiguous purchase cannot.
result<number_order> read_number(const http::response& r);
/// Status 1 with a code is `code`, without one `unreadable`; -1 is `ended`; 0 and unknown words are `waiting`.
/// errc::contract too: about another number.
result<number_status> read_message(const http::response& r, std::string_view number_id);
/// success:false is errc::denied_now: too early, too late or overtaken by the SMS, which the next poll shows.
result<void> read_cancel(const http::response& r);

/// Whether an answer says that the method, not the call, was wrong: 404, 405, 419 or a web page.
bool rejects_method(const http::response& r);

} // namespace ulak::providers::smmonayim_numbers::wire
