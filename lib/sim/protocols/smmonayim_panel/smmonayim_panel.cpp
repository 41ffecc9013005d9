#include "sim/protocols/smmonayim_panel/smmonayim_panel.hpp"

#include "core/text.hpp"
#include "sim/detail/form_reader.hpp"
#include "sim/detail/strict.hpp"
#include "sim/protocols/smmonayim_panel/orders.hpp"
#include "sim/protocols/smmonayim_panel/replies.hpp"
#include "sim/protocols/smmonayim_panel/services.hpp"

namespace ulak::sim::smmonayim_panel {
namespace {

/// The action of the form. Only a POST to the one address is read as a form.
std::string action_of(call& c)
{
    if (c.request.verb == "POST" && c.path.empty())
        c.form = strict::read_form(c);
    return std::string(c.form.get("action"));
}

std::optional<http::reply> admit(call& c)
{
    strict::check_no_query(c);
    if (!c.path.empty()) {
        c.add_mistake("the document has no such address");
        return http::reply(404, "<html><body>404</body></html>", "text/html; charset=UTF-8");
    }
    if (c.request.verb != "POST") {
        c.add_mistake(c.request.verb + " was used where the document says POST");
        return refuse("Incorrect request");
    }
    const bool known = c.form.get("key") == c.credential("smmonayim-key");
    if (!known)
        c.add_mistake("the key is wrong or missing");
    if (!known || c.fault("auth"))
        return refuse("Invalid API key");
    if (c.operation)
        return std::nullopt;
    c.add_mistake("the document has no action \"" + printable(c.form.get("action"), 40) + '"');
    return refuse("Incorrect request");
}

} // namespace

const protocol_descriptor& descriptor()
{
    static const protocol_descriptor row{
        .name = "smmonayim-panel",
        .short_name = "panel",
        .base_path = "/panel/api/v2",
        .unit = "USD",
        .balance = decimal::from_micros(100'842'920),
        .goods = {.services = make_services, .first_id = 23'500, .id_spread = 10},
        .credentials = {{"smmonayim-key", "key", "sim-smm-key"}},
        .operations = {{"services", "POST", "", services},
                       {"add", "POST", "", add},
                       {"status", "POST", "", status},
                       {"balance", "POST", "", balance}},
        .faults = {{"order-partial", "the order will end as Partial with N remaining (default a quarter)"},
                   {"order-canceled", "the order will end as Canceled"},
                   {"order-stuck", "the order never moves on"},
                   {"order-missing", "a status answer leaves this call's orders out"},
                   {"active-link", "refuse a link that has an active order"}},
        .admit = admit,
        .find_name = action_of,
    };
    return row;
}

} // namespace ulak::sim::smmonayim_panel
