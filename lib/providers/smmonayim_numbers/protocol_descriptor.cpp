#include "providers/smmonayim_numbers/protocol_descriptor.hpp"

#include "providers/detail/account_options.hpp"
#include "providers/detail/codes.hpp"
#include "providers/detail/required_secret.hpp"
#include "providers/smmonayim_numbers/client.hpp"
#include "providers/smmonayim_numbers/read.hpp"

namespace ulak::providers::smmonayim_numbers {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds
    default_free_until(std::chrono::minutes(10)); // what the sister sites promise; this one says nothing

std::vector<yaml::key> keys()
{
    const auto limits = yaml::record(
        "When a number can be given back.",
        {yaml::optional("not_before", yaml::duration("How old an order must be before a cancel is tried.", "2m"), "0s"),
         yaml::optional("free_until", yaml::duration("Until when a cancelled number is refunded.", "10m"), "10m")});
    return {
        yaml::optional("key", yaml::secret("The API key.")),
        yaml::optional("http_method",
                       yaml::choice("How calls are made. auto: as documented (POST), or GET if that is refused; found "
                                    "out by a balance reading, never by a purchase.",
                                    {"auto", "get", "post"}),
                       "auto"),
        yaml::optional("cancel", limits)};
}

void check_keys(const yaml::reader& account, yaml::problems& found)
{
    require_secret(account, "smmonayim-numbers", "key", found);
    const auto cancel = account.record("cancel");
    if (cancel.duration("not_before") >= cancel.duration("free_until"))
        found.push_back(
            cancel.problem_at("not_before", std::string(codes::cancel_times),
                              "not_before must come before free_until: else no number could be given back"));
}

std::optional<http::method> method_of(const account_settings& s)
{
    const auto word = option_of(s, "http_method", "auto");
    if (word == "auto")
        return std::nullopt;
    return word == "get" ? http::method::get : http::method::post;
}

result<std::shared_ptr<client>> open(account& a, const account_settings& s, async::clock&)
{
    if (!has_secret(s, "key"))
        return error(errc::invalid_argument, "smmonayim-numbers needs a key");
    const auto not_before = duration_of(s, "cancel.not_before", milliseconds(0));
    const auto free_until = duration_of(s, "cancel.free_until", default_free_until);
    if (!not_before || !free_until)
        return error(errc::invalid_argument, "the times below cancel cannot be read");
    a.cancel.not_before = *not_before;
    a.cancel.free_until = *free_until;
    return std::make_shared<client>(std::make_shared<account_session>(*a.client, secret_of(s, "key"), method_of(s)));
}

} // namespace

protocol_descriptor descriptor()
{
    auto p = describe<client>("smmonayim-numbers", open);
    p.base_url = "https://smmonayim.com/api/v1";
    p.unit = "TRY";
    p.keys = keys();
    p.login_keys = {"key"};
    p.check_keys = check_keys;
    p.refuses_login = refused_when_unauthorised(wire::read_balance);
    return p;
}

} // namespace ulak::providers::smmonayim_numbers
