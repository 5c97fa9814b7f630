-- Certificates of domains.

return {
  {
    "SetLiveDomainCertificate", rate = 30,
    params = {
      "DomainName! SSLPri* SSLProtocol! SSLPub* CertName CertType DryRun:boolean ForceSet",
    },
  },
  { "DescribeLiveDomainCertificateInfo", rate = 100, params = { "DomainName! RegionId" } },
  { "DescribeLiveCertificateDetail", rate = 50, params = { "CertName!" } },
  { "DescribeLiveCertificateList", rate = 50, params = { "DomainName" } },
  {
    "DescribeLiveDomainByCertificate", rate = 100,
    params = { "SSLPub! RegionId SSLStatus:boolean" },
  },
  {
    "DescribeLiveHttpsDomainList", rate = 100,
    params = { "Keyword PageNumber:number PageSize:number RegionId" },
  },
}
