#include "kinds/sms_send/progress.hpp"
#include "kinds/json_fields.hpp"

#include <boost/json/array.hpp>

namespace ulak::kinds::sms {
namespace {

namespace json = boost::json;

void put_time(json::object& o, std::string_view key, const std::optional<wall_point>& t)
{
    if (t)
        o[key] = unix_ms(*t);
}

std::optional<wall_point> time_field(const json::object& o, std::string_view key)
{
    return o.contains(key) ? std::optional(from_unix_ms(integer_field(o, key))) : std::nullopt;
}

json::array lists_json(const std::vector<bound_list>& lists)
{
    json::array all;
    for (const bound_list& l : lists)
        all.push_back({{"digest", l.digest},
                       {"size", l.size},
                       {"device", l.device},
                       {"inode", l.inode},
                       {"modified", l.modified},
                       {"changed", l.changed}});
    return all;
}

std::vector<bound_list> lists_of(const json::object& o)
{
    std::vector<bound_list> all;
    const auto* lists = o.if_contains("lists");
    if (!lists || !lists->is_array())
        return all;
    for (const json::value& v : lists->get_array()) {
        if (!v.is_object())
            continue;
        const json::object& from = v.get_object();
        bound_list l;
        l.digest = text_field(from, "digest");
        l.size = integer_field(from, "size");
        l.device = integer_field(from, "device");
        l.inode = integer_field(from, "inode");
        l.modified = integer_field(from, "modified");
        l.changed = integer_field(from, "changed");
        all.push_back(std::move(l));
    }
    return all;
}

/// The codes that end sending early, by their names.
errc code_of(std::string_view text)
{
    for (int i = 0; i <= static_cast<int>(errc::ambiguous); ++i)
        if (name(static_cast<errc>(i)) == text)
            return static_cast<errc>(i);
    return errc::contract;
}

} // namespace

json::object to_json(const progress& p)
{
    json::object o;
    o["stage"] = p.stage == run_stage::listing ? "listing" : p.stage == run_stage::sending ? "sending" : "tracking";
    o["listed"] = p.listed;
    if (!p.lists.empty())
        o["lists"] = lists_json(p.lists);
    if (p.taken_until >= 0)
        o["taken_until"] = p.taken_until;
    o["chunk"] = p.last_chunk;
    o["rehearsed"] = p.rehearsed;
    put_time(o, "wait_until", p.wait_until);
    put_time(o, "track_until", p.track_until);
    put_balance(o, p.balance_before);
    if (p.common_text) {
        json::object common;
        common["text"] = p.common_text->text;
        common["turkish"] = p.common_text->turkish;
        common["segments"] = p.common_text->segments;
        o["common"] = std::move(common);
    }
    if (p.stop_reason) {
        json::object stop;
        stop["code"] = name(p.stop_reason->code);
        stop["message"] = p.stop_reason->message;
        o["stop"] = std::move(stop);
    }
    return o;
}

result<progress> progress_from(std::string_view text)
{
    auto o = parse_object(text);
    if (!o)
        return o.error();
    progress p;
    const std::string at = text_field(*o, "stage");
    p.stage = at == "tracking" ? run_stage::tracking : at == "sending" ? run_stage::sending : run_stage::listing;
    p.listed = integer_field(*o, "listed");
    p.lists = lists_of(*o);
    p.taken_until = o->contains("taken_until") ? integer_field(*o, "taken_until") : -1;
    p.last_chunk = static_cast<int>(integer_field(*o, "chunk"));
    p.rehearsed = bool_field(*o, "rehearsed");
    p.wait_until = time_field(*o, "wait_until");
    p.track_until = time_field(*o, "track_until");
    p.balance_before = balance_field(*o);
    if (const auto* common = o->if_contains("common"); common && common->is_object()) {
        measured_text m;
        m.text = text_field(common->get_object(), "text");
        m.turkish = bool_field(common->get_object(), "turkish");
        m.segments = static_cast<int>(integer_field(common->get_object(), "segments"));
        p.common_text = std::move(m);
    }
    if (const auto* stop = o->if_contains("stop"); stop && stop->is_object())
        p.stop_reason.emplace(code_of(text_field(stop->get_object(), "code")),
                              text_field(stop->get_object(), "message"));
    return p;
}

} // namespace ulak::kinds::sms
