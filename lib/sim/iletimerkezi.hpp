// iletimerkezi: POST with JSON, credentials in the body, the status code mirrored in HTTP.
#pragma once

#include "sim/call.hpp"

#include <boost/json/object.hpp>

namespace ulak::sim::iletimerkezi {

std::vector<std::string> operations();
/// The document's own words: "send-sms", "get-report" … or "unknown".
std::string operation_of(call& c);
std::string safe_path(const call& c);
http::reply serve(call& c);

/// {"response":{"status":{"code","message"}, …more}}
http::reply respond(call& c, int code, const std::vector<json::member>& more = {}, bool text_code = false);

/// Page numbers count from 1 and come as numbers or texts. nullopt: answered with an error.
struct page {
    std::size_t number = 1;
    std::size_t rows = 1'000;
};
std::optional<page> read_page(call& c, const boost::json::object& in, std::size_t rows);

// The parts; `serve` has checked the credentials and hands over what stands in "request".
http::reply send_sms(call& c, const boost::json::object& request);
http::reply cancel_order(call& c, const boost::json::object& request);
http::reply get_report(call& c, const boost::json::object& request);
http::reply get_reports(call& c, const boost::json::object& request);
http::reply get_balance(call& c, const boost::json::object& request);
http::reply get_sender(call& c, const boost::json::object& request);
http::reply get_blacklist(call& c, const boost::json::object& request);
http::reply add_blacklist(call& c, const boost::json::object& request);
http::reply delete_blacklist(call& c, const boost::json::object& request);

} // namespace ulak::sim::iletimerkezi
