#include "kinds/loading.hpp"

#include "core/json_text.hpp"
#include "core/text.hpp"
#include "core/wall_time.hpp"
#include "yaml/codes.hpp"

#include <algorithm>

namespace ulak::kinds {

/// A job that polls more often than this is a mistake: it would load the provider and learn nothing sooner.
constexpr std::chrono::milliseconds shortest_poll(100);

void checker::add(yaml::problem p, yaml::severity how)
{
    p.level = how;
    failed_ = failed_ || how == yaml::severity::error;
    problems_.push_back(std::move(p));
}

void checker::error(const yaml::reader& at, std::string_view key, codes::code code, std::string text, std::string hint)
{
    add(at.problem_at(key, std::string(code), std::move(text), std::move(hint)), yaml::severity::error);
}

void checker::error_at(const yaml::reader& in, yaml::place where, codes::code code, std::string text, std::string hint)
{
    add(in.problem_at_place(std::move(where), std::string(code), std::move(text), std::move(hint)),
        yaml::severity::error);
}

void checker::warning(const yaml::reader& at, std::string_view key, codes::code code, std::string text,
                      std::string hint)
{
    add(at.problem_at(key, std::string(code), std::move(text), std::move(hint)), yaml::severity::warning);
}

std::shared_ptr<providers::account> checker::account(const yaml::reader& at, std::string_view key)
{
    const std::string name = at.text(key);
    const auto found = context_.accounts.find(name);
    if (found != context_.accounts.end())
        return found->second;
    std::vector<std::string> known;
    for (const auto& entry : context_.accounts)
        known.push_back(entry.first);
    const auto near = nearest(name, known);
    error(at, key, codes::unknown_account, "no account is named " + printable(name, 80),
          near ? "did you mean " + *near + "?" : std::string("accounts are set up in ulak.yaml"));
    return nullptr;
}

void checker::check_unit(const yaml::reader& at, std::string_view key, const money& amount,
                         const providers::account& account)
{
    if (account.panel || account.unit.empty() || amount.unit.empty() || amount.unit == account.unit)
        return;
    error(at, key, codes::wrong_unit, amount.unit + " given, but " + account.name + " is paid in " + account.unit,
          "write " + money(amount.amount, account.unit).text());
}

void checker::check_budget(const providers::account& account)
{
    for (const char* key : {"run", "day"}) {
        const auto* limit = std::string_view(key) == "run" ? &file_.limits.run : &file_.limits.day;
        if (!*limit || account.unit.empty() || (*limit)->unit == account.unit)
            continue;
        yaml::problem p;
        p.at.file = file_.file;
        if (file_.kind_keys)
            p = file_.kind_keys->record("budget").problem_at(key, {}, {}, {});
        p.code = std::string(codes::wrong_unit);
        p.text = "the budget is in " + (*limit)->unit + ", but " + account.name + " is paid in " + account.unit;
        p.hint = "write the budget in " + account.unit;
        add(std::move(p), yaml::severity::error);
        return;
    }
}

std::vector<std::string> checker::parameter_names() const
{
    std::vector<std::string> names;
    for (const job::parameter& p : file_.parameters)
        names.push_back(p.name);
    return names;
}

std::pair<std::chrono::milliseconds, std::chrono::milliseconds> checker::poll_intervals(const yaml::reader& in)
{
    const yaml::reader own = in.record("poll");
    const auto first = std::max<std::chrono::milliseconds>(shortest_poll, own.duration("first"));
    const auto most = own.duration("max");
    if (own.has("max") && most < first)
        error(own, "max", codes::bad_wait, "poll.max is shorter than poll.first, " + duration_text(first),
              "the time between two looks begins at first and grows up to max");
    return {first, std::max(first, most)};
}

job::text_template checker::text(const yaml::reader& at, std::string_view key, const std::vector<std::string>& further,
                                 job::letters letters)
{
    auto parsed = job::text_template::parse(at.text(key), letters);
    if (!parsed) {
        error(at, key, yaml::codes::template_syntax, parsed.error().message);
        return {};
    }
    auto known = parameter_names();
    known.insert(known.end(), further.begin(), further.end());
    for (const std::string& name : parsed->names()) {
        if (std::find(known.begin(), known.end(), name) != known.end())
            continue;
        const auto near = nearest(name, known);
        error(at, key, codes::unknown_name, "nothing is named " + printable(name, 80),
              near ? "did you mean ${" + *near + "}?" : std::string("declare it under params"));
    }
    return std::move(*parsed);
}

result<std::string> render(const job::text_template& t, const std::map<std::string, std::string>& params)
{
    return t.render([&](std::string_view name) -> const std::string* {
        const auto found = params.find(std::string(name));
        return found == params.end() ? nullptr : &found->second;
    });
}

boost::json::object json_of(const std::optional<money>& m)
{
    if (m)
        return ulak::json_of(*m);
    boost::json::object o;
    o["amount"] = nullptr;
    o["unit"] = nullptr;
    return o;
}

} // namespace ulak::kinds
