namespace IotAttest.Domain.Appraisal.Texts;

/// <summary>A language in which verdicts are explained.</summary>
public enum Language
{
    /// <summary>en: the one that stored history, results and logs use.</summary>
    English = 1,

    /// <summary>de.</summary>
    German = 2,
}
