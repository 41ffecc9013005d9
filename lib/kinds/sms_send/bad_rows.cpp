#include "kinds/sms_send/bad_rows.hpp"

#include "core/text.hpp"

namespace ulak::kinds::sms {
namespace {

constexpr std::string_view details = ": ", of_line = " of line ", of_entry = " of entry ";

} // namespace

std::string short_reason(const std::string& reason)
{
    const auto all = reason.substr(0, reason.find(details));
    return all.substr(0, std::min(all.find(of_line), all.find(of_entry)));
}

void bad_rows::add(const ledger::item_record& item)
{
    ++count_;
    if (kept_.size() < most_kept)
        kept_.push_back({item.line, item.column, item.phone, item.reason});
}

boost::json::array bad_rows::to_json() const
{
    boost::json::array all;
    for (const bad_row& row : kept_) {
        const auto words = row.reason.find(details);
        boost::json::object o;
        o["line"] = row.line;
        o["column"] = row.column.empty() ? boost::json::value() : boost::json::value(row.column);
        o["value"] = row.value;
        o["reason"] = row.reason.substr(0, words);
        o["detail"] = words == std::string::npos ? boost::json::value()
                                                 : boost::json::value(row.reason.substr(words + details.size()));
        all.push_back(std::move(o));
    }
    return all;
}

std::string bad_rows::sentence() const
{
    std::string all = counted(count_, "row") + " cannot be used";
    for (const bad_row& row : kept_)
        all += (&row == kept_.data() ? ": line " : "; line ") + std::to_string(row.line) + ": " + row.reason;
    return all + (count_ > kept_.size() ? "; and more" : "");
}

} // namespace ulak::kinds::sms
