using IotAttest.Domain.Appraisal.Texts;
using WordLanguage = IotAttest.Domain.Appraisal.Texts.Language;

namespace IotAttest.Service.Web.Fleet;

/// <summary>The language in which verdicts are explained on a page.</summary>
internal static class FleetLanguage
{
    public static WordLanguage Of(PageContext page) => LanguageTags.Find(page.Language.Code) ?? WordLanguage.English;
}
