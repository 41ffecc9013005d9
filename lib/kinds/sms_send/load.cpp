#include "kinds/sms_send/load.hpp"

#include "core/phone.hpp"
#include "core/text.hpp"
#include "kinds/purchase/sms_price.hpp"
#include "kinds/sms_send/load_message.hpp"
#include "kinds/sms_send/load_recipients.hpp"
#include "kinds/sms_send/load_window.hpp"
#include "kinds/sms_send/send_job.hpp"

#include <algorithm>
#include <utility>

namespace ulak::kinds::sms {
namespace {

/// The default is lowered to what the provider takes; a larger one that the file names is an error.
void read_chunk(checker& check, const yaml::reader& own, const providers::account& account, settings& s)
{
    s.chunk = static_cast<std::size_t>(own.integer("chunk"));
    const std::size_t most = account.sms ? account.sms->max_recipients() : s.chunk;
    if (s.chunk > most && own.has("chunk"))
        check.error(own, "chunk", codes::too_many_at_once,
                    account.provider + " takes at most " + std::to_string(most) + " numbers in one call");
    s.chunk = std::min(s.chunk, most);
}

void read_rehearsal(checker& check, const yaml::reader& own, settings& s)
{
    if (!own.has("rehearse"))
        return;
    const yaml::reader r = own.record("rehearse");
    rehearsal_settings rehearsal;
    rehearsal.wait = r.duration("wait");
    std::size_t at = 0;
    for (const std::string& entry : r.texts("to")) {
        const auto where = r.place_of_item("to", at++);
        auto number = phone::parse(entry);
        if (number)
            rehearsal.to.push_back(number->digits());
        else
            check.error_at(r, where, codes::bad_phone, printable(entry, 40) + ": " + number.error().message);
    }
    s.rehearsal = std::move(rehearsal);
}

} // namespace

std::shared_ptr<const prepared_job> prepare(const job::document& file, const load_context& around,
                                            yaml::problems& found)
{
    checker check(file, around, found);
    const yaml::reader& own = *file.kind_keys;
    settings s;
    s.account = own.text("account");
    const auto columns = read_recipients(check, own.record("recipients"), s.recipients);
    if (own.has("pace"))
        s.pace = own.rate("pace");
    s.track_for = own.record("track").duration("for");
    read_rehearsal(check, own, s);
    s.approved_by_other = own.text("approve") == "other";
    if (s.approved_by_other && file.when)
        check.error(own, "approve", codes::no_approval, "nobody approves the runs that a schedule starts",
                    "take the schedule out, or write approve: self");
    const auto account = check.account(own, "account");
    if (!account)
        return nullptr;
    if (!account->sms) {
        check.error(own, "account", codes::unsupported_capability,
                    account->name + " (" + account->provider + ") sends no SMS");
        return nullptr;
    }
    check.check_budget(*account);
    if (!known_segment_price(*account))
        check.warning(own, "account", codes::unknown_price,
                      "what an SMS costs at " + account->name +
                          " is not known yet: until a report tells it, budgets "
                          "count 1 " +
                          account->unit + " for each segment",
                      "set price_per_segment of the account in ulak.yaml");
    const bool columns_known = s.recipients.csv.empty() || !columns.empty();
    read_message(check, own.record("message"), columns, columns_known, *account, s.message);
    read_times(check, own, s);
    read_chunk(check, own, *account, s);
    if (check.failed())
        return nullptr;
    return std::make_shared<const send_job>(std::move(s));
}

} // namespace ulak::kinds::sms
