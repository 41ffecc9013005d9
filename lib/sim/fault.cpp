#include "sim/fault.hpp"

#include "core/text.hpp"
#include "sim/detail/json_member.hpp"
#include "sim/digits.hpp"
#include "sim/fault_kinds.hpp"
#include "sim/registry.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace ulak::sim {
namespace {

error invalid(std::string message)
{
    return error(errc::invalid_argument, std::move(message));
}

/// Short words that tests use: a provider answers 401 and 451 in its own way, not as a bare HTTP status.
void resolve_alias(fault& f)
{
    if (f.kind == "401")
        f.kind = "auth";
    if (f.kind == "code-missing")
        f.kind = "code-null";
    if (f.kind != "451")
        return;
    f.kind = "code";
    f.parameter = "451";
}

/// An error like: no fault is called "drop-afer"; did you mean "drop-after"?
error unknown_word(const std::string& noun, const std::string& word, const std::vector<std::string>& known)
{
    auto near = nearest(word, known);
    return invalid("no " + noun + " is called \"" + word + "\"" + (near ? "; did you mean \"" + *near + "\"?" : ""));
}

bool names_operation(const fault& f, const std::vector<std::string>& known)
{
    return f.operation == "*" || std::find(known.begin(), known.end(), f.operation) != known.end();
}

result<fault> validated(fault f)
{
    if (f.protocol != "*") {
        const auto* p = find_protocol(f.protocol);
        if (!p)
            return invalid("no protocol is called \"" + f.protocol + "\"");
        f.protocol = p->name;
    }
    if (auto known = operation_names(f.protocol); !names_operation(f, known))
        return unknown_word("call of " + (f.protocol == "*" ? "any protocol" : f.protocol), f.operation, known);
    resolve_alias(f);
    if (is_known_fault(f.kind))
        return f;
    std::vector<std::string> words;
    for (const auto& k : fault_kinds())
        words.emplace_back(k.name);
    return unknown_word("fault", f.kind, words);
}

/// Cuts "*3" or "@2" from the end, if there is one.
std::optional<std::uint64_t> take_count_suffix(std::string_view& text, char mark)
{
    auto at = text.rfind(mark);
    if (at == std::string_view::npos || !is_digits(text.substr(at + 1)))
        return std::nullopt;
    std::uint64_t n = 0;
    std::from_chars(text.data() + at + 1, text.data() + text.size(), n);
    text = text.substr(0, at);
    return n;
}

} // namespace

result<fault> parse_fault(std::string_view text)
{
    auto equals = text.find('=');
    if (equals == std::string_view::npos)
        return invalid("a fault is written PROTOCOL.OPERATION=WHAT[:PARAMETER][*TIMES][@AFTER]");
    auto where = text.substr(0, equals);
    auto rest = text.substr(equals + 1);
    auto dot = where.find('.');
    fault f;
    f.protocol = where.substr(0, dot);
    if (dot != std::string_view::npos)
        f.operation = where.substr(dot + 1);
    f.after = take_count_suffix(rest, '@').value_or(f.after);
    f.times = take_count_suffix(rest, '*').value_or(f.times);
    auto colon = rest.find(':');
    f.kind = rest.substr(0, colon);
    if (colon != std::string_view::npos)
        f.parameter = rest.substr(colon + 1);
    return validated(std::move(f));
}

result<fault> fault_from_json(const boost::json::value& v)
{
    if (v.is_string())
        return parse_fault(std::string_view(v.as_string()));
    if (!v.is_object())
        return invalid("a fault is an object or a text");
    const auto& o = v.as_object();
    static constexpr std::array<std::string_view, 6> keys{"protocol",  "operation", "what",
                                                          "parameter", "times",     "after"};
    for (const auto& m : o)
        if (std::find(keys.begin(), keys.end(), std::string_view(m.key())) == keys.end())
            return invalid("a fault has no key \"" + std::string(m.key()) + "\"");
    fault f;
    f.protocol = text_member(o, "protocol", "*");
    f.operation = text_member(o, "operation", "*");
    f.kind = text_member(o, "what");
    f.parameter = text_member(o, "parameter");
    for (auto [key, field] : {std::pair("times", &f.times), std::pair("after", &f.after)}) {
        auto given = text_member(o, key, std::to_string(*field));
        if (!is_digits(given) || std::from_chars(given.data(), given.data() + given.size(), *field).ec != std::errc())
            return invalid(std::string("\"") + key + "\" of a fault is a whole number");
    }
    return validated(std::move(f));
}

result<std::vector<fault>> faults_from_json(const boost::json::value& v)
{
    if (v.is_object() && v.as_object().contains("faults"))
        return faults_from_json(v.as_object().at("faults"));
    std::vector<fault> out;
    if (!v.is_array()) {
        auto one = fault_from_json(v);
        if (!one)
            return one.error();
        out.push_back(std::move(*one));
        return out;
    }
    for (const auto& element : v.as_array()) {
        auto one = fault_from_json(element);
        if (!one)
            return one.error();
        out.push_back(std::move(*one));
    }
    return out;
}

} // namespace ulak::sim
