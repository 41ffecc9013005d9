#include "providers/toplusms/protocol_descriptor.hpp"

#include "core/text.hpp"
#include "http/auth.hpp"
#include "providers/detail/account_options.hpp"
#include "providers/detail/codes.hpp"
#include "providers/toplusms/client.hpp"

namespace ulak::providers::toplusms {
namespace {

std::vector<yaml::key> keys()
{
    return {
        yaml::optional("username", yaml::text("The panel's user name.", "5551112233")),
        yaml::optional("password", yaml::secret("The panel's password; it is hashed before it is used.")),
        yaml::optional("password_md5", yaml::secret("Instead of password: its md5, 32 hexadecimal digits. It is as "
                                                    "good as the password.")),
        yaml::optional("api_key", yaml::secret("Instead of user and password: the key of the URL API.")),
        yaml::optional("body", yaml::choice("How the fields of a send are written.", {"form", "multipart"}), "form"),
        yaml::optional("balance_field", yaml::choice("Which of the two balances counts.", {"credit", "money"}),
                       "credit")};
}

void add_problem(const yaml::reader& account, yaml::problems& found, std::string_view key, std::string_view code,
                 std::string text, std::string hint = {})
{
    found.push_back(account.problem_at(key, std::string(code), std::move(text), std::move(hint)));
}

void check_login(const yaml::reader& account, yaml::problems& found)
{
    const bool password = account.has("password"), md5 = account.has("password_md5");
    if (!account.has("username") || (!password && !md5))
        found.push_back(account.problem_at_place(account.place_of_record(), std::string(codes::no_login),
                                                 "a toplusms account needs username and password, or api_key",
                                                 "add password: {secret: NAME}"));
    if (password && md5)
        add_problem(account, found, "password_md5", codes::two_logins, "both password and password_md5 are given",
                    "leave one of them out");
}

void check_keys(const yaml::reader& account, yaml::problems& found)
{
    if (!account.has("api_key"))
        return check_login(account, found);
    for (const std::string_view other : {"username", "password", "password_md5"})
        if (account.has(other))
            add_problem(account, found, other, codes::two_logins, "api_key stands for the whole login",
                        "leave " + std::string(other) + " out, or api_key");
    if (account.has("body"))
        add_problem(account, found, "body", codes::idle_key,
                    "body has no effect with api_key: the URL API has no body");
}

bool is_md5(std::string_view text)
{
    return text.size() == 32 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

result<void> read_login(account_session& session, const account_settings& s)
{
    session.api_key = secret_of(s, "api_key");
    if (session.by_url())
        return {};
    session.username = option_of(s, "username");
    auto md5 = lower_ascii(secret_of(s, "password_md5").reveal());
    if (md5.empty() && has_secret(s, "password"))
        md5 = http::md5_hex(secret_of(s, "password").reveal());
    if (session.username.empty() || md5.empty())
        return error(errc::invalid_argument, "toplusms needs username and password, or api_key");
    if (!is_md5(md5))
        return error(errc::invalid_argument, "password_md5 must be 32 hexadecimal digits");
    session.password_md5 = register_secret(std::move(md5));
    register_secret(session.username + ":" + std::string(session.password_md5.reveal()));
    return {};
}

result<std::shared_ptr<client>> open(account& a, const account_settings& s, async::clock& clock)
{
    auto session = std::make_shared<account_session>(*a.client, clock, s.pace);
    if (auto login = read_login(*session, s); !login)
        return login.error();
    if (option_of(s, "body") == "multipart")
        session->send_form = wire::body_form::multipart;
    if (option_of(s, "balance_field") == "money") {
        session->balance = wire::balance_field::money;
        a.unit = "TRY";
    }
    return std::make_shared<client>(std::move(session));
}

} // namespace

protocol_descriptor descriptor()
{
    auto p = describe<client>("toplusms", open);
    p.base_url = "https://panel.toplusms.tc/api/v1";
    p.unit = "credits";
    p.keys = keys();
    p.login_keys = {"username", "api_key"};
    p.secret_substitutes = {{"password_md5", "password"}};
    p.check_keys = check_keys;
    p.refuses_login = refused_when_unauthorised(
        [](const http::response& r) { return wire::read_balance(r, wire::balance_field::credit); });
    return p;
}

} // namespace ulak::providers::toplusms
