#include "sim/iletimerkezi.hpp"

#include "sim/strict.hpp"

#include <array>

namespace ulak::sim::iletimerkezi {
namespace {

using handler = http::reply (*)(call&, const boost::json::object&);

struct operation {
    std::string_view name;
    handler handle;
};

constexpr std::array<operation, 9> operation_table{{{"get-balance", get_balance},
                                   {"send-sms", send_sms},
                                   {"cancel-order", cancel_order},
                                   {"get-report", get_report},
                                   {"get-reports", get_reports},
                                   {"get-sender", get_sender},
                                   {"get-blacklist", get_blacklist},
                                   {"add-blacklist", add_blacklist},
                                   {"delete-blacklist", delete_blacklist}}};

const operation* find(std::string_view name)
{
    for (const auto& r : operation_table)
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

bool check_credentials(call& c, const boost::json::object& request)
{
    const auto& who = c.world.settings().access;
    auto* v = request.if_contains("authentication");
    if (!v || !v->is_object()) {
        c.add_mistake("\"authentication\" is missing in \"request\"");
        return false;
    }
    const auto& o = v->as_object();
    strict::allow_only_keys(c, o, "authentication", {"key", "hash"});
    bool key = strict::text_of(c, o, "key") == who.iletimerkezi_key;
    bool hash = strict::text_of(c, o, "hash") == who.iletimerkezi_hash;
    if (!key || !hash)
        c.add_mistake(key ? "the hash is wrong" : "the key is wrong");
    return key && hash;
}

/// What stands in "request", or why there is nothing to be had.
const boost::json::object* unwrap_request(call& c, const boost::json::object& whole)
{
    strict::allow_only_keys(c, whole, "the body", {"request"});
    auto* v = whole.if_contains("request");
    if (v && v->is_object())
        return &v->as_object();
    c.add_mistake("the body is not wrapped in \"request\"");
    return nullptr;
}

} // namespace

std::vector<std::string> operations()
{
    std::vector<std::string> out;
    for (const auto& r : operation_table)
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
    return c.request.path;
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
    return json_reply(json::object({{"response", json::object(members)}}), code);
}

http::reply serve(call& c)
{
    strict::check_target(c);
    strict::check_no_query(c);
    if (c.operation == "unknown") {
        c.add_mistake("the document has no such address");
        return respond(c, 404);
    }
    if (c.request.verb != "POST") {
        c.add_mistake(c.request.verb + " was used where the document says POST");
        return respond(c, 404);
    }
    auto body = strict::read_json(c);
    const auto* request = body ? unwrap_request(c, *body) : nullptr;
    if (!request)
        return respond(c, 400);
    if (c.fault("auth") || !check_credentials(c, *request))
        return respond(c, 401);
    if (auto code = c.fault_number("code", 503))
        return respond(c, static_cast<int>(*code));
    return find(c.operation)->handle(c, *request);
}

} // namespace ulak::sim::iletimerkezi
