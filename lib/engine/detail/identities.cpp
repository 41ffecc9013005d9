#include "engine/detail/identities.hpp"

#include "core/text.hpp"
#include "http/auth.hpp"

#include <utility>
#include <vector>

namespace ulak::engine {
namespace {

constexpr char key_setting[] = "identity:key";
constexpr std::size_t id_digits = 16; ///< of 64 bits: two logins of one site do not meet by chance

struct identified {
    std::shared_ptr<providers::account> account;
    ledger::identity_record record;
};

/// The store's own key, made at its first use.
task<result<std::string>> identity_key(shared_state& shared)
{
    auto stored = co_await shared.store().settings(key_setting);
    if (!stored)
        co_return stored.error();
    if (!stored->empty())
        co_return stored->front().second;
    ledger::put_setting fresh;
    fresh.name = key_setting;
    fresh.value = fresh_id(shared);
    std::string key = fresh.value;
    ledger::batch all;
    all.push_back(std::move(fresh));
    auto done = co_await shared.deps.recorder.commit(std::move(all));
    if (!done)
        co_return done.error();
    co_return key;
}

ledger::identity_record record_of(const providers::account_identity& identity, const std::string& key)
{
    ledger::identity_record made;
    made.provider = identity.provider;
    made.base_url = identity.base_url;
    made.login = http::slow_hash_hex(identity.login, key, id_digits);
    made.id = http::sha256_hex(made.provider + "\n" + made.base_url + "\n" + made.login).substr(0, id_digits);
    return made;
}

/// Of known identities too: the account may have bought something before it, or any, had one.
ledger::batch notes_of(const std::vector<identified>& all)
{
    ledger::batch notes;
    for (const auto& one : all) {
        ledger::note_identity note;
        note.identity = one.record;
        note.account = one.account->name;
        notes.push_back(std::move(note));
    }
    return notes;
}

} // namespace

task<result<void>> identify_accounts(shared_state& shared, const providers::accounts& all)
{
    std::vector<identified> fresh;
    for (const auto& [name, account] : all)
        if (account->identity.known() && account->identity_id.empty())
            fresh.push_back({account, {}});
    if (fresh.empty())
        co_return result<void>();

    auto key = co_await identity_key(shared);
    if (!key)
        co_return key.error();
    for (auto& one : fresh)
        one.record = record_of(one.account->identity, *key);
    auto done = co_await shared.deps.recorder.commit(notes_of(fresh));
    if (!done)
        co_return done.error();
    for (const auto& one : fresh)
        one.account->identity_id = one.record.id;
    co_return result<void>();
}

std::string identity_difference(const ledger::identity_record* was, const ledger::identity_record* is)
{
    if (!was || !is)
        return "its site or login changed";
    std::string text;
    if (was->provider != is->provider)
        append_joined(text, "; ", "provider was " + was->provider + ", is " + is->provider);
    if (was->base_url != is->base_url)
        append_joined(text, "; ", "base_url was " + was->base_url + ", is " + is->base_url);
    if (was->login != is->login)
        append_joined(text, "; ", "the login changed");
    return text;
}

} // namespace ulak::engine
