#include "kinds/otp_acquire/settings.hpp"

#include "kinds/loading.hpp"
#include "kinds/otp_acquire/acquire_job.hpp"
#include "kinds/otp_acquire/number_machine.hpp"

#include <tuple>

namespace ulak::kinds::otp {
namespace {

/// No pattern for a code needs more.
constexpr std::size_t longest_pattern = 500;

yaml::shape_ptr candidate_keys()
{
    using namespace yaml;
    return record(
        "An account and what to order there.",
        {required("account", text("An account that sells numbers.", "numbers")),
         required("service", template_text("The provider's id of the service.", "3")),
         optional("operator", template_text("The operator's name, where the provider lets one choose.")),
         optional("max_price", amount("Above this price the candidate is passed over.", "12 TRY")),
         optional("on_timeout",
                  choice("When no code came: cancel for the refund, or abandon what was paid.", {"cancel", "abandon"}),
                  "cancel")});
}

/// Told at wait.code, which is what to change; where that is not written, at the account.
void check_time_to_cancel(checker& check, const yaml::reader& own, const yaml::reader& r,
                          const providers::account& account, const settings& s)
{
    const std::chrono::milliseconds margin = cancel_margin(account.cancel.free_until);
    if (s.code_wait + margin <= account.cancel.free_until)
        return;
    const yaml::reader wait = own.record("wait");
    const bool written = wait.has("code");
    check.error(written ? wait : r, written ? "code" : "account", codes::no_time_to_cancel,
                "wait.code of " + duration_text(s.code_wait) + " leaves no time to cancel at " + account.name +
                    " before " + duration_text(account.cancel.free_until),
                "wait at most " + duration_text(account.cancel.free_until - margin));
}

void check_candidate(checker& check, const yaml::reader& own, const yaml::reader& r, const providers::account& account,
                     const candidate& c, const settings& s)
{
    if (!account.numbers)
        return check.error(r, "account", codes::unsupported_capability,
                           account.name + " (" + account.provider + ") sells no numbers");
    check.check_budget(account);
    if (c.max_price)
        check.check_unit(r, "max_price", *c.max_price, account);
    if (!c.cancel_on_timeout)
        return;
    if (!account.numbers->can_cancel()) {
        const std::string price = c.max_price ? "up to " + c.max_price->text() : std::string("the whole price");
        return check.error(r, r.has("on_timeout") ? "on_timeout" : "account", codes::no_cancel,
                           account.provider + " documents no cancel, so a number without a code cannot be given back",
                           "on_timeout: abandon takes it and costs " + price + " each time no code comes");
    }
    check_time_to_cancel(check, own, r, account, s);
}

void read_candidates(checker& check, const yaml::reader& own, settings& s)
{
    for (const yaml::reader& r : own.records("candidates")) {
        candidate c;
        c.account = r.text("account");
        c.service = check.text(r, "service");
        c.operator_name = check.text(r, "operator");
        if (r.has("max_price"))
            c.max_price = r.amount("max_price");
        c.cancel_on_timeout = r.text("on_timeout") != "abandon";
        if (const auto account = check.account(r, "account"))
            check_candidate(check, own, r, *account, c, s);
        s.candidates.push_back(std::move(c));
    }
}

void read_pattern(checker& check, const yaml::reader& own, settings& s)
{
    if (!own.has("match"))
        return;
    const std::string pattern = own.text("match");
    if (pattern.size() > longest_pattern)
        return check.error(own, "match", codes::bad_pattern, "a pattern of more than 500 letters");
    try {
        s.code_pattern.emplace(pattern, std::regex::ECMAScript);
    } catch (const std::regex_error& e) {
        check.error(own, "match", codes::bad_pattern, std::string("not a regular expression: ") + e.what());
    }
}

} // namespace

job::kind_definition table()
{
    using namespace yaml;
    job::kind_definition t;
    t.name = "otp.acquire";
    t.moments = {"refund-missing", "budget-hit", "charge-mismatch"};
    t.spends = true;
    t.keys = record(
        "Orders a number, waits for the code, cancels for the refund if it does not come.",
        {required("candidates", list("Where to order, in order of preference.", candidate_keys(), 1, 50)),
         optional("prefer", choice("Candidates in their order, or the cheapest first.", {"order", "price"}), "order"),
         optional("attempts", integer("How many numbers are bought at most until a code comes.", 1, 20), "1"),
         optional(
             "wait",
             record("How long to wait for the code, and how often to ask.",
                    {optional("code", duration("For the code of one number.", "4m"), "4m"),
                     optional("poll", record("The time between two looks.",
                                             {optional("first", duration("After the first look.", "3s"), "3s"),
                                              optional("max", duration("It grows up to this.", "10s"), "10s")}))})),
         optional("match", text("A regular expression (ECMAScript); its first group is the code.", "code: (\\d{6})")),
         optional("length", integer("Shorter codes of digits get zeros on the left.", 1, 20)),
         optional("deliver", record("What becomes of the code.",
                                    {optional("keep", duration("How long it can be read.", "10m"), "10m")}))});
    return t;
}

std::shared_ptr<const prepared_job> prepare(const job::document& file, const load_context& environment,
                                            yaml::problems& found)
{
    checker check(file, environment, found);
    const yaml::reader& own = *file.kind_keys;
    settings s;
    const yaml::reader wait = own.record("wait");
    s.code_wait = wait.duration("code");
    std::tie(s.poll_first, s.poll_max) = check.poll_intervals(wait);
    if (s.code_wait <= age(0) || s.code_wait >= number_lifetime)
        check.error(wait, "code", codes::bad_wait, "wait.code is above 0 and below " + duration_text(number_lifetime));
    s.by_price = own.text("prefer") == "price";
    s.attempts = static_cast<int>(own.integer("attempts"));
    if (own.has("length"))
        s.code_length = static_cast<std::size_t>(own.integer("length"));
    s.keep_code = own.record("deliver").duration("keep");
    read_pattern(check, own, s);
    read_candidates(check, own, s);
    if (check.failed())
        return nullptr;
    return std::make_shared<const acquire_job>(std::move(s));
}

} // namespace ulak::kinds::otp
