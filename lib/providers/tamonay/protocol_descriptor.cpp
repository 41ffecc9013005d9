#include "providers/tamonay/protocol_descriptor.hpp"

#include "providers/detail/account_options.hpp"
#include "providers/detail/codes.hpp"
#include "providers/detail/required_secret.hpp"
#include "providers/tamonay/client.hpp"
#include "providers/tamonay/read.hpp"

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
            found.push_back(account.problem_at_place(
                account.place_of_item("code_fields", i), std::string(codes::bad_pointer),
                "a JSON pointer begins with a slash", "write /data/sms_code for the field sms_code inside data"));
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

result<std::shared_ptr<client>> open(account& a, const account_settings& s, async::clock&)
{
    if (!has_secret(s, "token"))
        return error(errc::invalid_argument, "tamonay needs a token");
    auto session = std::make_shared<const account_session>(*a.client, secret_of(s, "token"), vocabulary_of(s));
    return std::make_shared<client>(std::move(session));
}

} // namespace

protocol_descriptor descriptor()
{
    auto p = describe<client>("tamonay", open);
    p.base_url = "https://www.tamonay.com/api/v1";
    p.unit = "TRY";
    p.default_purchases = 8;
    // Laravel's usual limit, 60 a minute; the document names none.
    p.requests_per_second = 1;
    p.burst = 10;
    p.keys = keys();
    p.login_keys = {"token"};
    p.check_keys = check_keys;
    p.refuses_login = refused_when_unauthorised(wire::read_balance);
    return p;
}

} // namespace ulak::providers::tamonay
