#include "ulakd/account_settings.hpp"

#include "core/text.hpp"
#include "events/redactor.hpp"
#include "http/message.hpp"
#include "http/trust.hpp"
#include "providers/common_account_keys.hpp"
#include "ulakd/codes.hpp"
#include "ulakd/secrets.hpp"

#include <algorithm>
#include <filesystem>

namespace ulak::daemon {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t max_name_letters = 64;

std::string hint_for(const error& e)
{
    if (e.code == errc::forbidden && e.message.find("written into the file") != std::string::npos)
        return "write {secret: NAME} and put the secret into secrets/NAME, or start ulakd with --allow-literal-secrets "
               "to try things out";
    return {};
}

const char* code_for(const error& e)
{
    if (e.message.find("written into the file") != std::string::npos)
        return code::literal_secret;
    if (e.code == errc::malformed)
        return code::secret_lines;
    return e.code == errc::forbidden ? code::secret_open : code::secret_missing;
}

bool contains_key(const std::vector<yaml::key>& keys, const std::string& name)
{
    return std::any_of(keys.begin(), keys.end(), [&](const yaml::key& k) { return k.name == name; });
}

bool is_reported(const yaml::problems& found, const yaml::problem& p)
{
    return std::any_of(found.begin(), found.end(), [&](const yaml::problem& q) {
        return q.code == p.code && q.at.line == p.at.line && q.at.column == p.at.column;
    });
}

// Several protocols may have a key of that name; it is reported once.
void refuse_foreign_key(const yaml::reader& in, const providers::protocol_descriptor& protocol, const std::string& name,
                        yaml::problems& found)
{
    auto p = in.problem_at(name, code::foreign_key, "provider " + protocol.name + " has no key `" + name + "`",
                           "its own keys: " + join(protocol.keys, ", ", &yaml::key::name));
    if (!is_reported(found, p))
        found.push_back(std::move(p));
}

// The table of ulak.yaml holds the keys of all protocols, so keys of the others are refused here.
void refuse_foreign_keys(const yaml::reader& in, const providers::protocol_descriptor& protocol, yaml::problems& found)
{
    const std::vector<yaml::key> common = providers::common_account_keys();
    for (const providers::protocol_descriptor& other : providers::protocols())
        for (const yaml::key& k : other.keys)
            if (in.has(k.name) && !contains_key(protocol.keys, k.name) && !contains_key(common, k.name))
                refuse_foreign_key(in, protocol, k.name, found);
}

// A scalar as it was written; the protocol makes sense of it.
std::string literal_value(const yaml::reader& in, const yaml::key& k)
{
    if (const yaml::node* n = in.raw_node(k.name); n && n->node_kind == yaml::node::kind::scalar)
        return n->text;
    return k.value->default_value.value_or("");
}

void read_own_key(const yaml::reader& in, const yaml::key& k, const std::string& prefix, const secret_sources& places,
                  providers::account_settings& out, yaml::problems& found)
{
    switch (k.value->value_type) {
    case yaml::type::secret:
        if (in.has(k.name))
            out.secrets.emplace(prefix + k.name, read_secret(in, k.name, places, found));
        break;
    case yaml::type::record:
        for (const yaml::key& inner : k.value->keys)
            read_own_key(in.record(k.name), inner, k.name + ".", places, out, found);
        break;
    case yaml::type::list:
        if (in.has(k.name))
            out.lists.emplace(prefix + k.name, in.texts(k.name));
        break;
    default:
        if (in.has(k.name) || k.value->default_value)
            out.options.emplace(prefix + k.name, literal_value(in, k));
    }
}

void read_base_url(const yaml::reader& in, providers::account_settings& out, yaml::problems& found)
{
    if (!in.has("base_url"))
        return;
    out.base_url = in.text("base_url");
    if (auto where = http::origin::parse(out.base_url); !where)
        found.push_back(in.problem_at("base_url", code::address, where.error().message,
                                      "only https:// addresses are taken, as in the provider's document"));
}

void read_common(const yaml::reader& in, const secret_sources& places, providers::account_settings& out,
                 yaml::problems& found)
{
    read_base_url(in, out, found);
    if (in.has("ca_file")) {
        out.ca_file = (fs::path(places.config_dir) / in.text("ca_file")).lexically_normal().string();
        if (auto usable = http::check_ca_file(out.ca_file); !usable)
            found.push_back(in.problem_at("ca_file", code::path, usable.error().message, "give certificates in PEM"));
    }
    if (in.has("pace"))
        out.pace = in.rate("pace");
    out.connections = static_cast<int>(in.integer("connections"));
    if (in.has("timeout"))
        out.timeout = in.duration("timeout");
    if (const yaml::reader budget = in.record("budget"); budget.has("day"))
        out.day_budget = budget.amount("day");
    if (in.has("price_per_segment"))
        out.price_per_segment = in.amount("price_per_segment");
    out.shared = in.boolean("shared");
    if (in.has("purchases"))
        out.purchases = static_cast<int>(in.integer("purchases"));
}

} // namespace

secret read_secret(const yaml::reader& in, std::string_view key, const secret_sources& places, yaml::problems& found)
{
    if (places.skip_lookup)
        return secret("none");
    const yaml::secret_reference reference = in.secret(key);
    auto got = resolve_secret(reference, places.config_dir, places.allow_literals);
    if (got) {
        events::process_redactor().add_secret(got->reveal());
        return std::move(*got);
    }
    found.push_back(in.problem_at(key, code_for(got.error()), got.error().message, hint_for(got.error())));
    if (reference.from == yaml::secret_reference::source::literal)
        found.back().source.clear(); // the line would show the secret
    return {};
}

void check_name(const std::string& what, const std::string& name, const yaml::reader& in, yaml::problems& found)
{
    const bool plain = std::all_of(name.begin(), name.end(), [](unsigned char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    });
    if (!plain || name.empty() || name.size() > max_name_letters)
        found.push_back(in.problem_at_place(in.place_of_record(), code::name,
                                            "`" + printable(name) + "` cannot be the name of " + what,
                                            "use small letters, digits, - and _"));
}

void read_account(const std::string& name, const yaml::reader& in, const secret_sources& places,
                  const std::string& ca_file, std::vector<providers::account_settings>& out, yaml::problems& found)
{
    const std::size_t before = found.size();
    check_name("an account", name, in, found);
    const providers::protocol_descriptor* protocol = providers::find_protocol(in.text("provider"));
    if (!protocol)
        return; // yaml::check has reported the unknown provider
    providers::account_settings account;
    account.name = name;
    account.provider = protocol->name;
    account.ca_file = ca_file;
    read_common(in, places, account, found);
    refuse_foreign_keys(in, *protocol, found);
    for (const yaml::key& k : protocol->keys)
        read_own_key(in, k, "", places, account, found);
    protocol->check_keys(in, found);
    if (found.size() == before)
        out.push_back(std::move(account));
}

} // namespace ulak::daemon
