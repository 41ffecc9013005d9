#include "sim/iletimerkezi.hpp"

#include "sim/strict.hpp"

#include <array>

namespace ulak::sim::iletimerkezi {
namespace {

using part = http::reply (*)(call&, const boost::json::object&);

struct row {
    std::string_view name;
    part serve;
};

constexpr std::array<row, 9> rows{{{"get-balance", get_balance},
                                   {"send-sms", send_sms},
                                   {"cancel-order", cancel_order},
                                   {"get-report", get_report},
                                   {"get-reports", get_reports},
                                   {"get-sender", get_sender},
                                   {"get-blacklist", get_blacklist},
                                   {"add-blacklist", add_blacklist},
                                   {"delete-blacklist", delete_blacklist}}};

const row* find(std::string_view name)
{
    for (const auto& r : rows)
        if (r.name == name)
            return &r;
    return nullptr;
}

std::string_view message_of(int code)
{
    switch (code) {
    case 200: return "İşlem başarılı";
    case 400: return "İstek çözümlenemedi";
    case 401: return "Üyelik bilgileri hatalı";
    case 402: return "Bakiye yetersiz";
    case 404: return "API istek yapılan yönteme sahip değil";
    case 422: return "Doğrulama hatası";
    case 450: return "Gönderilen başlık kullanıma uygun değil";
    case 451: return "Tekrar eden sipariş";
    case 452: return "Mesaj alıcıları hatalı";
    case 453: return "Sipariş boyutu aşıldı";
    case 454: return "Mesaj metni boş";
    case 455: return "Sipariş bulunamadı";
    case 456: return "Sipariş gönderim tarihi henüz gelmedi";
    case 457: return "Mesaj gönderim tarihinin formatı hatalı";
    case 458: return "Tarih aralığı hatalı";
    case 459: return "Başlık boş";
    case 460: return "Başlık geçersiz";
    case 464: return "Sayfa numarası 1'den başlar";
    case 466: return "Hatalı numara.";
    case 468: return "iys alanı eksik";
    case 469: return "iysList alanı hatalı";
    default: return "Servis geçici olarak kullanılamıyor";
    }
}

bool credentials_hold(call& c, const boost::json::object& request)
{
    const auto& who = c.here.settings().who;
    auto* v = request.if_contains("authentication");
    if (!v || !v->is_object()) {
        c.mistake("\"authentication\" is missing in \"request\"");
        return false;
    }
    const auto& o = v->as_object();
    strict::only_keys(c, o, "authentication", {"key", "hash"});
    bool key = strict::text_of(c, o, "key") == who.iletimerkezi_key;
    bool hash = strict::text_of(c, o, "hash") == who.iletimerkezi_hash;
    if (!key || !hash)
        c.mistake(key ? "the hash is wrong" : "the key is wrong");
    return key && hash;
}

/// What stands in "request", or why there is nothing to be had.
const boost::json::object* envelope(call& c, const boost::json::object& whole)
{
    strict::only_keys(c, whole, "the body", {"request"});
    auto* v = whole.if_contains("request");
    if (v && v->is_object())
        return &v->as_object();
    c.mistake("the body is not wrapped in \"request\"");
    return nullptr;
}

} // namespace

std::vector<std::string> operations()
{
    std::vector<std::string> out;
    for (const auto& r : rows)
        out.emplace_back(r.name);
    return out;
}

std::string operation_of(call& c)
{
    bool known = c.path.size() == 2 && c.path[1] == "json" && find(c.path[0]);
    return known ? c.path[0] : "unknown";
}

std::string safe_path(const call& c)
{
    return c.in.path;
}

http::reply respond(call& c, int code, const std::vector<json::member>& more, bool text_code)
{
    if (c.fault("code-text"))
        text_code = true;
    else if (c.fault("code-int"))
        text_code = false;
    auto status = json::object({{"code", json::numeral(code, text_code)}, {"message", json::text(message_of(code))}});
    std::vector<json::member> members{{"status", status}};
    members.insert(members.end(), more.begin(), more.end());
    return answer(json::object({{"response", json::object(members)}}), code);
}

http::reply serve(call& c)
{
    strict::check_target(c);
    strict::check_no_query(c);
    if (c.operation == "unknown") {
        c.mistake("the document has no such address");
        return respond(c, 404);
    }
    if (c.in.verb != "POST") {
        c.mistake(c.in.verb + " was used where the document says POST");
        return respond(c, 404);
    }
    auto body = strict::read_json(c);
    const auto* request = body ? envelope(c, *body) : nullptr;
    if (!request)
        return respond(c, 400);
    if (c.fault("auth") || !credentials_hold(c, *request))
        return respond(c, 401);
    if (auto code = c.fault_number("code", 503))
        return respond(c, static_cast<int>(*code));
    return find(c.operation)->serve(c, *request);
}

} // namespace ulak::sim::iletimerkezi
