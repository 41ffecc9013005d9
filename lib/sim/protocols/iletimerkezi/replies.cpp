#include "sim/protocols/iletimerkezi/replies.hpp"

namespace ulak::sim::iletimerkezi {
namespace {

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

} // namespace

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

} // namespace ulak::sim::iletimerkezi
