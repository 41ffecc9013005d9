// What iletimerkezi's answers say. Errors: errc::contract for what is neither a value nor a refusal, else the refusal's
// code.
#pragma once

#include "providers/iletimerkezi/wire.hpp"

namespace ulak::providers::iletimerkezi::wire {

struct listed_order {
    std::string id{}, sender{}, status{}, submitted{}; ///< `submitted` as the provider writes it
    std::optional<std::int64_t> total{}, delivered{}, undelivered{}, waiting{};
};

struct blacklist {
    std::optional<std::int64_t> count{};
    std::vector<std::string> numbers{}; ///< ten digits where they can be read
};

enum class balance_field { credit, money };

result<money> read_balance(const http::response& r, balance_field which);
result<sms_receipt> read_send(const http::response& r);
/// One page. 456 (not due yet) is an unfinished report without entries; 455 is errc::not_found.
result<sms_report> read_report(const http::response& r, std::string_view order_id);
/// Whether a refusal is about some of the numbers (452, 466), or about how many they are.
bool blames_recipients(const error& refusal);
/// For calls that return nothing. 455 is errc::not_found: unknown, or already on its way, which the report then shows.
result<void> read_acknowledgement(const http::response& r);
result<std::vector<listed_order>> read_reports(const http::response& r);
result<std::vector<std::string>> read_senders(const http::response& r);
result<blacklist> read_blacklist(const http::response& r);

} // namespace ulak::providers::iletimerkezi::wire
