// Every call of the five protocols that is answered with JSON, with a saved answer.
#pragma once

#include "providers/iletimerkezi/read.hpp"
#include "providers/outcome.hpp"
#include "providers/smmonayim_numbers/read.hpp"
#include "providers/smmonayim_panel/read.hpp"
#include "providers/tamonay/read.hpp"
#include "providers/toplusms/read.hpp"
#include "sample.hpp"

#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace ulak::tests {

using providers::classification;
using providers::outcome;

// What a reader made of an answer, without its type.
using verdict_of = std::function<result<void>(const http::response&)>;

template<class Read>
verdict_of reader(Read read)
{
    return [read](const http::response& r) -> result<void> {
        const auto got = read(r);
        if (!got)
            return got.error();
        return {};
    };
}

struct call {
    std::string saved;
    verdict_of read;
    bool costly = false;
    std::function<classification(const http::exchange&)> settle{};
};

template<class T>
call costly_call_of(std::string saved, result<T> (*read)(const http::response&))
{
    call c{std::move(saved), reader(read), true};
    c.settle = [read](const http::exchange& e) { return providers::read_outcome<T>(e, read).classified_as; };
    return c;
}

inline const std::vector<call>& calls()
{
    using namespace providers;
    namespace nw = smmonayim_numbers::wire;
    namespace pw = smmonayim_panel::wire;
    namespace tw = tamonay::wire;
    namespace sw = toplusms::wire;
    namespace iw = iletimerkezi::wire;
    using response = http::response;
    static const std::vector<call> all{
        {"numbers_balance", reader(nw::read_balance)},
        {"numbers_categories", reader(nw::read_categories)},
        {"numbers_services", reader([](const response& r) { return nw::read_services(r, "x"); })},
        {"numbers_details", reader([](const response& r) { return nw::read_details(r, "1"); })},
        {"numbers_message", reader([](const response& r) { return nw::read_message(r, "100"); })},
        {"numbers_cancel", reader(nw::read_cancel)},
        costly_call_of("numbers_order", nw::read_number),
        {"panel_balance", reader([](const response& r) { return pw::read_balance(r, "USD"); })},
        {"panel_services", reader([](const response& r) { return pw::read_services(r, "USD"); })},
        {"panel_status", reader([](const response& r) { return pw::read_status(r, "1"); })},
        {"panel_statuses", reader([](const response& r) { return pw::read_statuses(r, {"1", "10"}); })},
        costly_call_of("panel_add", pw::read_add),
        {"tamonay_user", reader(tw::read_balance)},
        {"tamonay_categories", reader(tw::read_categories)},
        {"tamonay_services", reader(tw::read_services)},
        {"tamonay_orders", reader(tw::read_orders)},
        {"tamonay_orders_paged", reader(tw::read_orders)},
        {"tamonay_orders_resource", reader(tw::read_orders)},
        {"tamonay_news", reader([](const response& r) { return tw::read_number_status(r, {}, "123"); })},
        {"tamonay_history", reader(tw::read_history)},
        costly_call_of("tamonay_order", tw::read_order),
        {"toplusms_profile", reader([](const response& r) { return sw::read_balance(r, sw::balance_field::credit); })},
        {"toplusms_report", reader([](const response& r) { return sw::read_report(r, "112233"); })},
        costly_call_of("toplusms_send", sw::read_send),
        costly_call_of("toplusms_send_by_url", sw::read_send),
        {"iletimerkezi_balance",
         reader([](const response& r) { return iw::read_balance(r, iw::balance_field::credit); })},
        {"iletimerkezi_report", reader([](const response& r) { return iw::read_report(r, "428"); })},
        {"iletimerkezi_reports", reader(iw::read_reports)},
        {"iletimerkezi_senders", reader(iw::read_senders)},
        {"iletimerkezi_blacklist", reader(iw::read_blacklist)},
        {"iletimerkezi_done", reader(iw::read_acknowledgement)},
        costly_call_of("iletimerkezi_send", iw::read_send),
    };
    return all;
}

inline std::string trimmed(std::string text)
{
    while (!text.empty() && text.back() == '\n')
        text.pop_back();
    return text;
}

} // namespace ulak::tests
