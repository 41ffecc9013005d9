#include "ulakd/channel_settings.hpp"

#include "http/message.hpp"
#include "providers/registry.hpp"
#include "ulakd/codes.hpp"

#include <algorithm>
#include <unistd.h>

namespace ulak::daemon {

namespace {

// A webhook's address may carry a query, which http::origin does not take.
void read_webhook(const yaml::reader& in, const secret_sources& places, channel_settings& out, yaml::problems& found)
{
    out.kind = channel_settings::type::webhook;
    out.url = in.text("webhook");
    if (auto where = http::origin::parse(out.url.substr(0, out.url.find('?'))); !where)
        found.push_back(in.problem_at("webhook", code::address, where.error().message));
    if (in.has("sign"))
        out.sign = read_secret(in, "sign", places, found);
}

void check_sms_account(const yaml::reader& sms, const settings& all, yaml::problems& found)
{
    const std::string name = sms.text("account");
    const auto account =
        std::find_if(all.accounts.begin(), all.accounts.end(), [&](const auto& a) { return a.name == name; });
    if (account == all.accounts.end())
        found.push_back(
            sms.problem_at("account", code::account, "there is no account `" + name + "`, or it has errors"));
    else if (const auto* protocol = providers::find_protocol(account->provider); protocol && !protocol->sends_sms)
        found.push_back(sms.problem_at("account", code::account, "account `" + name + "` cannot send SMS"));
}

void read_sms(const yaml::reader& in, const settings& all, channel_settings& out, yaml::problems& found)
{
    out.kind = channel_settings::type::sms;
    const yaml::reader sms = in.record("sms");
    out.account = sms.text("account");
    out.sender = sms.text("sender");
    check_sms_account(sms, all, found);
    const std::vector<std::string> numbers = sms.texts("to");
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        auto number = phone::parse(numbers[i]);
        if (!number)
            found.push_back(sms.problem_at_place(sms.place_of_item("to", i), code::number, number.error().message));
        else
            out.to.push_back(*number);
    }
}

// "-${text}": the value would say which option it is.
bool is_named_by_value(const std::string& argument)
{
    const auto letters = argument.find_first_not_of('-');
    return letters != 0 && letters != std::string::npos && argument.compare(letters, 2, "${") == 0;
}

void check_arguments(const yaml::reader& in, const std::vector<std::string>& arguments, yaml::problems& found)
{
    for (std::size_t i = 1; i < arguments.size(); ++i)
        if (is_named_by_value(arguments[i]))
            found.push_back(in.problem_at_place(in.place_of_item("exec", i), code::argument,
                                                "a value of the notice would name the option",
                                                "write the option out: --text=${text}"));
}

void read_program(const yaml::reader& in, channel_settings& out, yaml::problems& found)
{
    out.kind = channel_settings::type::program;
    out.arguments = in.texts("exec");
    if (out.arguments.empty())
        return;
    if (!out.arguments.front().starts_with('/'))
        found.push_back(in.problem_at("exec", code::path, "the program needs its whole path, beginning with /"));
    else if (::access(out.arguments.front().c_str(), X_OK) != 0)
        found.push_back(in.problem_at("exec", code::path, out.arguments.front() + " is not there or cannot be run"));
    check_arguments(in, out.arguments, found);
}

} // namespace

void read_channel(const std::string& name, const yaml::reader& in, const secret_sources& places, settings& out,
                  yaml::problems& found)
{
    check_name("a channel", name, in, found);
    const int destinations = in.has("webhook") + in.has("sms") + in.has("exec");
    channel_settings channel;
    channel.name = name;
    if (destinations != 1)
        found.push_back(in.problem_at_place(in.place_of_record(), code::channel,
                                            "channel `" + name + "` needs exactly one of webhook, sms and exec"));
    else if (in.has("webhook"))
        read_webhook(in, places, channel, found);
    else if (in.has("sms"))
        read_sms(in, out, channel, found);
    else
        read_program(in, channel, found);
    out.channels.push_back(std::move(channel));
}

} // namespace ulak::daemon
