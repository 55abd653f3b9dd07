// Names that everybody knows, with their types. Small on purpose: it settles the names that prose never explains.
import type { EntityType } from '../contract.ts';
import { wordsByKey } from './words.ts';

const KNOWN = wordsByKey(`
organisation: google microsoft amazon apple meta facebook openai anthropic nvidia intel amd ibm oracle salesforce sap cisco samsung sony toyota volkswagen bmw siemens bosch tesla spacex uber airbnb netflix spotify stripe paypal shopify databricks snowflake cloudflare hashicorp mongodb elastic redhat red_hat vmware dell hp lenovo huawei alibaba tencent baidu bytedance xiaomi mistral_ai deepseek cohere hugging_face stability_ai perplexity groq cerebras together_ai mcdonald's ikea nestlé unilever pfizer moderna novartis boeing airbus shell bp exxonmobil walmart goldman_sachs jpmorgan morgan_stanley blackrock greenpeace amnesty_international red_cross oxfam unicef fifa uefa linux_foundation apache_software_foundation gartner forrester mckinsey deloitte accenture tesco ocado aldi lidl carrefour adidas nike puma lufthansa ryanair easyjet vodafone allianz axa ubs hsbc barclays lloyds deutsche_bank santander bnp_paribas visa mastercard nokia ericsson philips asml tsmc foxconn qualcomm broadcom adobe atlassian dropbox lyft doordash deliveroo expedia novo_nordisk roche bayer astrazeneca gsk sanofi dhl fedex ups maersk uniqlo starbucks coca-cola pepsico heineken ab_inbev portkey solo.io kong konghq kong_inc truefoundry zscaler maxim maxim_ai langchain_inc aws amazon_web_services google_cloud vercel
media: bbc cnn reuters bloomberg associated_press afp npr pbs nbc abc_news cbs fox_news sky_news al_jazeera the_guardian guardian new_york_times washington_post wall_street_journal financial_times the_economist economist le_monde der_spiegel spiegel el_país la_repubblica wired techcrunch the_verge ars_technica forbes fortune politico axios vox buzzfeed time_magazine newsweek dpa xinhua nikkei hacker_news dev_community
institution: european_union eu united_nations un nato who world_health_organization imf world_bank wto oecd european_central_bank ecb european_commission european_parliament federal_reserve fed bank_of_england bundesbank supreme_court white_house congress pentagon kremlin fbi cia nsa nasa fda epa sec ftc cdc interpol mit stanford harvard oxford cambridge nist downing_street whitehall bundestag kommission opec asean african_union
product: chatgpt gpt-4 gpt-4o gpt-5 claude claude_code gemini copilot github_copilot cursor llama mistral grok litellm openrouter langchain langgraph llamaindex langfuse crewai autogen n8n zapier ollama vllm kubernetes docker terraform ansible prometheus grafana datadog splunk opentelemetry redis postgresql postgres mysql sqlite elasticsearch kafka rabbitmq nginx envoy istio linux windows macos ios android iphone ipad python typescript javascript rust golang java node.js react vue angular next.js django flask fastapi spring_boot slack github gitlab jira confluence notion figma salesforce_crm gmail outlook bedrock aws_bedrock amazon_bedrock azure azure_openai vertex_ai vertex google_vertex sagemaker aws_lambda s3 google_drive google_sheets hubspot twilio okta auth0 npm pip helm jenkins youtube twitter instagram tiktok whatsapp telegram signal linkedin reddit discord windsurf vs_code visual_studio_code pinecone weaviate chroma qdrant new_relic opa
law: gdpr hipaa ccpa soc_2 soc2 iso_27001 pci_dss fedramp sox ferpa eu_ai_act dodd-frank kyoto_protocol magna_carta
event: brexit world_war_ii world_war_i cold_war world_cup super_bowl olympics covid-19_pandemic
concept: model_context_protocol json-rpc oauth oauth_2.0 oauth_2.1 openid_connect rbac sso saml oidc mcp a2a grpc rest graphql websocket
`);

/** Type of a well-known name (lower case), if it is one. */
export const typeOfKnownName = (lower: string): EntityType | undefined => KNOWN.get(lower) as EntityType | undefined;

/** Acronyms that are everyday words of their trade: parts of concepts, never names. */
export const GENERIC_ACRONYMS: ReadonlySet<string> = new Set(
  (
    'AI API APIs LLM LLMs ML UI UX ID IDs URL URLs IT TV PDF JSON HTTP HTTPS CPU CPUs GPU GPUs RAM SDK SDKs CLI CI CD CEO CTO CFO COO ' +
    'HR PR QA SQL XML YAML HTML CSS OS IP DNS TCP UDP TLS SSL SSH VPN FAQ PS TL DR OK NOT AND OR TODO USD EUR GBP AM PM ETA KPI ROI ' +
    'SLA SLAs PII VM VMs VPC DB B2B SaaS PoC MVP CRUD vCPU vCPUs I/O EOD JS TS NLP AGI GenAI UTC GMT II III IV VI VII VIII IX XI XII'
  ).split(' '),
);
