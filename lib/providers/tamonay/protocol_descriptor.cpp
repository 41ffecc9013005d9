#include "providers/tamonay/protocol_descriptor.hpp"

#include "providers/detail/required_secret.hpp"
#include "providers/detail/codes.hpp"
#include "providers/detail/settings_of.hpp"
#include "providers/tamonay/client.hpp"

namespace ulak::providers::tamonay {
namespace {

yaml::key words(std::string name, std::string meaning)
{
    return yaml::optional(std::move(name), yaml::list("Words of an order's status that mean: " + meaning + ".",
                                                      yaml::text("A word, in any case.", "completed"), 1, 50));
}

std::vector<yaml::key> keys()
{
    return {
        yaml::optional("token", yaml::secret("The API token from the profile page.")),
        yaml::optional("code_fields",
                       yaml::list("Where the one-time code stands in an order, in order of preference. The provider "
                                  "documents no field; the default tries the likely ones.",
                                  yaml::text("A JSON pointer.", "/data/sms_code"), 1, 50)),
        words("waiting", "no SMS yet"), words("received", "the SMS is here"),
        words("cancelled", "it ended without an SMS")};
}

void check_keys(const yaml::reader& account, yaml::problems& found)
{
    require_secret(account, "tamonay", "token", found);
    const auto pointers = account.texts("code_fields");
    for (std::size_t i = 0; i < pointers.size(); ++i)
        if (!pointers[i].starts_with('/'))
            found.push_back(account.problem_at_place(account.place_of_item("code_fields", i), std::string(codes::bad_pointer),
                                                 "a JSON pointer begins with a slash",
                                                 "write /data/sms_code for the field sms_code inside data"));
}

wire::status_vocabulary vocabulary_of(const account_settings& s)
{
    wire::status_vocabulary words;
    read_list(s, "code_fields", words.code_fields);
    read_list(s, "waiting", words.waiting);
    read_list(s, "received", words.received);
    read_list(s, "cancelled", words.cancelled);
    return words;
}

result<void> open(account& a, const account_settings& s, async::clock&)
{
    if (!has_secret(s, "token"))
        return error(errc::invalid_argument, "tamonay needs a token");
    const auto shared = std::make_shared<const account_session>(*a.client, secret_of(s, "token"), vocabulary_of(s));
    a.balances = std::make_unique<client>(shared);
    a.numbers = std::make_unique<client>(shared);
    return {};
}

} // namespace

protocol_descriptor descriptor()
{
    constexpr double a_minute = 60; // Laravel's usual limit, 60 a minute; the document names none
    constexpr double at_once = 10;
    protocol_descriptor p{"tamonay", "https://www.tamonay.com/api/v1", {}, 8, keys(), check_keys, open, 60 / a_minute, at_once};
    p.can.sells_numbers = true;
    p.can.lists_orders = true;
    p.can.unit = "TRY";
    p.refuses_login = [](const http::response& r) {
        const auto read = wire::read_balance(r);
        return !read && read.error().code == errc::auth;
    };
    return p;
}

} // namespace ulak::providers::tamonay
