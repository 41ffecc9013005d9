#include "ulakd/simulated.hpp"

#include "core/json_text.hpp"
#include "providers/registry.hpp"
#include "ulakd/codes.hpp"

#include <boost/json/object.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace ulak::daemon {

namespace json = boost::json;
namespace fs = std::filesystem;

namespace {

// Takes each notice and does nothing with it.
constexpr char discarding_program[] = "/bin/true";

std::string text_at(const json::object& o, std::string_view key)
{
    const json::value* v = o.if_contains(key);
    return v && v->is_string() ? std::string(v->get_string()) : std::string();
}

json::object object_at(const json::object& o, std::string_view key)
{
    const json::value* v = o.if_contains(key);
    return v && v->is_object() ? v->get_object() : json::object();
}

// Logs the account in at the simulator, which knows no substitutes (a hashed password in place of the password).
void use_simulator_credentials(providers::account_settings& account, const json::object& known)
{
    const auto* protocol = providers::find_protocol(account.provider);
    for (const auto& [substitute, original] : protocol->secret_substitutes)
        if (account.secrets.erase(substitute) > 0)
            account.secrets.emplace(original, secret());
    for (const auto& member : known) {
        const std::string key(member.key());
        std::string value = text_at(known, key);
        if (const auto own = account.secrets.find(key); own != account.secrets.end())
            own->second = secret(std::move(value));
        else if (const auto option = account.options.find(key); option != account.options.end())
            option->second = std::move(value);
    }
}

void redirect_to_simulator(settings& s, const json::object& simulator, const std::string& folder)
{
    const json::object urls = object_at(simulator, "base_urls");
    const json::object credentials = object_at(simulator, "credentials");
    s.ca_file = text_at(simulator, "ca_file");
    for (providers::account_settings& account : s.accounts) {
        account.base_url = text_at(urls, account.provider);
        account.ca_file = s.ca_file;
        use_simulator_credentials(account, object_at(credentials, account.provider));
    }
    for (channel_settings& channel : s.channels) {
        channel.kind = channel_settings::type::program;
        channel.arguments = {discarding_program};
    }
    s.state_dir = (fs::path(folder) / "state").string();
    s.socket = (fs::path(folder) / "ulak.sock").string();
    s.view_socket = (fs::path(folder) / "view.sock").string();
    s.metrics_address.clear();
    s.log.format = events::format::json;
    s.log.file = (fs::path(folder) / "ulakd.log").string();
    s.simulated = true;
}

} // namespace

std::optional<settings> load_simulated(const std::string& path, const std::string& ready_file,
                                       const std::string& folder, yaml::problems& found)
{
    yaml::problems own;
    settings out = read_settings(path, true, own, true);
    std::ifstream in(ready_file);
    const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    auto simulator = parse_json(text);
    if (!simulator || !simulator->is_object())
        own.push_back(
            {{ready_file, 0, 0}, yaml::severity::error, code::path, "this is no ready file of ulak-sim", {}, {}});
    const bool bad = yaml::has_errors(own);
    found.insert(found.end(), std::make_move_iterator(own.begin()), std::make_move_iterator(own.end()));
    if (bad)
        return std::nullopt;
    redirect_to_simulator(out, simulator->get_object(), folder);
    return out;
}

} // namespace ulak::daemon
